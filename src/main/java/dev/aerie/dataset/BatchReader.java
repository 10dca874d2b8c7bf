package dev.aerie.dataset;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects rows into typed batches. A row one of whose values does not fit is left out with its
/// error; the others are not touched by it. For one thread.
public final class BatchReader implements AutoCloseable {
  private static final Field COMPONENT = Field.scalar("component", DataType.FLOAT);

  private final RowReader reader;
  private final List<Binding> bindings;
  private final int maxRows;
  private final long maxBytes;

  /// @param reader closed with this one
  /// @param bindings one a field; fields that are not named are absent from the batches
  /// @param maxRows of a batch, good and bad ones together
  /// @param maxBytes of a batch, about; one row may be larger
  public BatchReader(RowReader reader, List<Binding> bindings, int maxRows, long maxBytes) {
    if (maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a batch needs room for a row; got %d rows and %d bytes".formatted(maxRows, maxBytes));
    }
    this.reader = reader;
    this.bindings = List.copyOf(bindings);
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /// The next batch; empty at the end of the file.
  ///
  /// @throws DataFileException if the file cannot be read on
  public Optional<RowBatch> next() {
    var builders = bindings.stream().map(binding -> new ColumnBuilder(binding.field())).toList();
    var errors = new ArrayList<RowError>();
    var good = new ArrayList<SourceRow>();
    int read = 0;
    long bytes = 0;
    long last = 0;
    while (read < maxRows && bytes < maxBytes) {
      var next = reader.next();
      if (next.isEmpty()) {
        break;
      }
      var row = next.get();
      read++;
      last = row.number();
      var error = append(row, builders);
      if (error.isPresent()) {
        errors.add(error.get());
      } else {
        good.add(row);
        bytes += row.bytes();
      }
    }
    if (read == 0) {
      return Optional.empty();
    }
    var columns = builders.stream().<Column>map(ColumnBuilder::build).toList();
    return Optional.of(new RowBatch(new ColumnBatch(columns, good.size()), good, errors, last));
  }

  public long bytesRead() {
    return reader.bytesRead();
  }

  @Override
  public void close() {
    reader.close();
  }

  private Optional<RowError> append(SourceRow row, List<ColumnBuilder> builders) {
    if (row.problem().isPresent()) {
      return Optional.of(
          new RowError(row.number(), Optional.empty(), row.problem().get(), row.text()));
    }
    for (int i = 0; i < bindings.size(); i++) {
      var binding = bindings.get(i);
      try {
        builders.get(i).append(value(row, binding));
      } catch (IllegalArgumentException e) {
        for (int done = 0; done < i; done++) {
          builders.get(done).removeLast();
        }
        return Optional.of(
            new RowError(
                row.number(),
                Optional.of(binding.columns().get(0)),
                String.valueOf(e.getMessage()),
                row.text()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Object> value(SourceRow row, Binding binding) {
    var field = binding.field();
    if (binding.columns().size() > 1) {
      return Optional.of(components(row, binding));
    }
    var value = row.value(binding.columns().get(0));
    try {
      return value.flatMap(present -> Cell.forField(field, present));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "field \"%s\" (%s): %s".formatted(field.name(), field.typeName(), e.getMessage()), e);
    }
  }

  private static float[] components(SourceRow row, Binding binding) {
    var components = new float[binding.columns().size()];
    for (int i = 0; i < components.length; i++) {
      var column = binding.columns().get(i);
      var value =
          row.value(column)
              .flatMap(present -> Cell.forField(COMPONENT, present))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "column \"%s\" is empty; it is a component of \"%s\""
                              .formatted(column, binding.field().name())));
      if (!(value instanceof Number number)) {
        throw new IllegalArgumentException(
            "column \"%s\" holds %s; it is a component of \"%s\""
                .formatted(column, Cell.shown(Cell.text(value)), binding.field().name()));
      }
      components[i] = number.floatValue();
    }
    return components;
  }
}
