-- Roles that exclude each other are refused in the rows that say who holds what, whoever writes them: the keys of `role_side`
-- bite only where sides are written. The rules are those of `Role::excludes`, and a test tries every pair of roles. Somebody
-- who held both before keeps them; what is written from now on is refused.
CREATE VIEW role_held_apart (account, role_grant) AS
SELECT own.account, own.role_grant
FROM role_held own JOIN role_held other ON other.account = own.account
WHERE own.role <> 'member' AND other.role <> 'member'
    AND ((own.role = 'auditor') <> (other.role = 'auditor')
        OR (own.role = 'opener' AND other.role = 'administrator')
        OR (own.role = 'administrator' AND other.role = 'opener'));

CREATE VIEW role_grant_apart (role_grant) AS
SELECT own.id
FROM role_grant own JOIN party here ON here.id = own.holder
    JOIN party there ON there.account = here.account JOIN role_grant other ON other.holder = there.id
WHERE own.ended IS NULL AND other.ended IS NULL AND own.role <> 'member' AND other.role <> 'member'
    AND ((own.role = 'auditor') <> (other.role = 'auditor')
        OR (own.role = 'opener' AND other.role = 'administrator')
        OR (own.role = 'administrator' AND other.role = 'opener'));

CREATE FUNCTION keep_role_held_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Two that give one person a role at the same time come one after the other: each must see what the other wrote.
    PERFORM 1 FROM account WHERE id = NEW.account FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM role_held_apart a WHERE a.account = NEW.account AND a.role_grant = NEW.role_grant) THEN
        RAISE EXCEPTION 'roles that exclude each other' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION keep_role_grant_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM account a JOIN party p ON p.account = a.id WHERE p.id = NEW.holder FOR NO KEY UPDATE OF a;
    IF EXISTS (SELECT 1 FROM role_grant_apart a WHERE a.role_grant = NEW.id) THEN
        RAISE EXCEPTION 'roles that exclude each other' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER role_held_added AFTER INSERT ON role_held FOR EACH ROW EXECUTE FUNCTION keep_role_held_apart();
CREATE TRIGGER role_held_changed AFTER UPDATE ON role_held FOR EACH ROW EXECUTE FUNCTION keep_role_held_apart();
CREATE TRIGGER role_grant_added AFTER INSERT ON role_grant FOR EACH ROW
WHEN (NEW.ended IS NULL) EXECUTE FUNCTION keep_role_grant_apart();
CREATE TRIGGER role_grant_changed AFTER UPDATE ON role_grant FOR EACH ROW
WHEN (NEW.ended IS NULL) EXECUTE FUNCTION keep_role_grant_apart();
