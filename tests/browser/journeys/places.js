// Where people of the demonstration work.
const AT = /name="at" value="([^"]+)"/;

/** The address on the wall of where somebody works: it opens the form with the place filled in. */
export async function wallLink(origin, session) {
  const cookie = session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const form = await (await fetch(`${origin}/tell`, { headers: { cookie } })).text();
  const place = AT.exec(form)?.[1];
  if (!place) throw new Error('The form knows no place of theirs.');
  return `${origin}/tell?at=${place}`;
}
