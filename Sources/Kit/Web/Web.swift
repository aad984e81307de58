// Web: from a declaration to a page, an answer in JSON and a line of OpenAPI.
//
//   Route, Access, Call, Change    one declaration: who may, what comes in, what goes out, what is done
//   Form, Field, FormReader        typed input; all errors at once, beside the fields, what was typed kept
//   Output, Page, View             what a page shows: the same value is the JSON answer
//   Components                     the building blocks of pages (docs/components.md)
//   Words, Templates, Node         Vietnamese first; words are put into templates when they are loaded
//   Site                           mounts the routes and answers requests: session, access, CSRF, errors, compression
//   OpenAPI                        the description of the interface, made from the same routes
//
// The order within every write: may I see it (404), may I do it (403), is it filled in (422), is it done (303).
