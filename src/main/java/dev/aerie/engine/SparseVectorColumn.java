package dev.aerie.engine;

import java.util.List;
import java.util.Optional;

/// SPARSE_FLOAT_VECTOR values.
public final class SparseVectorColumn implements Column {
  private final String name;
  private final List<SparseVector> rows;
  private final Validity validity;

  /// @param rows one a row; an empty vector where the row is null
  public SparseVectorColumn(String name, List<SparseVector> rows, Validity validity) {
    Column.requireRows(name, rows.size(), validity);
    this.name = name;
    this.rows = List.copyOf(rows);
    this.validity = validity;
  }

  public SparseVector get(int row) {
    return rows.get(row);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return DataType.SPARSE_FLOAT_VECTOR;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Validity validity() {
    return validity;
  }

  @Override
  public Optional<Object> value(int row) {
    return isNull(row) ? Optional.empty() : Optional.of(rows.get(row));
  }

  @Override
  public SparseVectorColumn renamed(String newName) {
    return new SparseVectorColumn(newName, rows, validity);
  }

  @Override
  public SparseVectorColumn slice(int from, int to) {
    return new SparseVectorColumn(name, rows.subList(from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return rows.stream().mapToLong(row -> 8L * row.size()).sum();
  }
}
