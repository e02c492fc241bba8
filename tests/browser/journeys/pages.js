// Pages that nobody reaches by a link, and the journey that looks at each: the first run has a database of its own, a
// draft begins with a form that is sent, a link that works once comes by mail, a file is uploaded first, a provider of
// sign-ins is there once alone. A journey fails when it ends without having looked at every page that is left to it here.
export const LEFT_TO = {
  'first-run': ['Start', 'StartStep', 'StartCheck', 'StartDone', 'DraftCheck', 'Ticket', 'Sent'],
  keyboard: ['Draft', 'DraftCheck', 'Sent'],
  'small-screen': ['DraftCheck', 'Sent'],
  turns: ['DraftWho', 'DraftSimilar', 'DraftCheck', 'DraftWhose', 'DraftGroup', 'DraftBehalf', 'DraftPlace', 'DraftDelete'],
  door: ['DraftDoor', 'Delivered', 'AnswerDoor'],
  held: ['HeldBack'],
  hidden: ['OpenName', 'GiveName', 'Opener', 'Sent'],
  public: ['Moderate', 'ModerateComment', 'ModerationLog', 'Credit', 'Report', 'Sent', 'DraftCheck'],
  'second-factor': ['SetUpFactor', 'RecoveryCodes', 'RemoveFactor', 'Code', 'ResetFactor'],
  provider: ['Leave', 'Elsewhere'],
  answers: ['Shared', 'ShareAnswer', 'SharedAnswer', 'RereadShared', 'MaskShared', 'NewsRound'],
  'own-data': ['Look', 'Audit', 'Delivered'],
  file: ['ImportColumns', 'ImportFile', 'Problem', 'MaskProblem'],
};

/** Addresses that answer with something else than a page, and the journey that asks for them, where one does. */
export const NO_PAGES = new Set([
  'Live', 'Ready', 'ImportFaults', 'IdeasTable', 'IdeasData', 'IdeasFeed', 'FigureTable', 'OwnDataFile',
  'Description', 'ModerationTable', 'ModerationData', 'ModerationFeed', 'WorkTable', 'WorkData', 'WorkFeed', 'LateTable',
  'LateData', 'LateFeed', 'ProblemsTable', 'ProblemsData', 'ProblemsFeed', 'SharedTable', 'SharedData', 'SharedFeed',
  'AuditTable', 'AuditData', 'AuditFeed',
]);
