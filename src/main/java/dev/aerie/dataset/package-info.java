/// Files of rows, in and out, and the sample data.
///
/// A [RowSource] is a file read as rows: names of columns, and a [RowReader] that gives one row
/// after the other with what the file holds (a [Cell] value), never more than one row at a time in
/// memory beyond the reader's own buffer. A [BatchReader] binds columns to the fields of a schema,
/// converts, and collects typed column batches; a row that does not fit becomes a [RowError] with
/// its number, its column, the reason and its text, and the rows around it go on.
///
/// CSV and JSON are parsed here and not by DuckDB, since only a parser of our own can say which row
/// was wrong and what stood there; DuckDB reads and writes Parquet, jhdf reads HDF5. `.npy`,
/// `.fvecs`, `.ivecs` and `.bvecs` are a header and numbers.
///
/// [WordNetSample] reads the WordNet 3.1 files of the published data artifact. No data set is part
/// of the program's own sources.
///
/// Not here: profiles, plans and progress of a load (`service.load`), embedding (`embed`), any
/// engine call.
@NullMarked
package dev.aerie.dataset;

import org.jspecify.annotations.NullMarked;
