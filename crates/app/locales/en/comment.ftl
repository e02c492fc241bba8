# Comments on a record.
comment-title = Comments
comment-none = Nobody has said anything yet.
comment-write = Say something about it
comment-write-hint = Everybody who can see this record can read it, with your name. An answer comes from whoever has it, not from here. Please name no patients, pupils or other people.
comment-button = Add this comment
comment-take-back = Take back your comment of { $when }
comment-done = Your comment is taken back, and its words are erased.
missing-comment = Write something first
