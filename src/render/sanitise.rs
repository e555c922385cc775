//! Raw HTML in a document → HTML that may stand in a page.
