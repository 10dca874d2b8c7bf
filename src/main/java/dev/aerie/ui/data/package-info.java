/// The Data screen: the rows of a collection, page by page, with a filter and an inspector.
///
/// Rows are read with a keyset scan, one page at a time, so that the millionth row costs what the
/// first one does and a server is never asked for more than is looked at. Going back uses the
/// cursors of the pages already seen. A count says whether it was counted or comes from statistics.
///
/// Not here: search ([dev.aerie.ui.fx.ScreenKind#SEARCH] is opened instead), loading of files.
@NullMarked
package dev.aerie.ui.data;

import org.jspecify.annotations.NullMarked;
