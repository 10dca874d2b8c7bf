package dev.aerie.ivf;

/// The numbers an index is built and searched with where nobody gave any, from the rows it has.
///
/// @param nlist lists: of at least 170 rows, which fill the blocks of a scan, and no more than four
///     times the root of the
///     rows, so that choosing lists does not cost more than reading them
/// @param nprobe lists read by a search
public record IvfDefaults(int nlist, int nprobe) {

  private static final int LEAST_ROWS_PER_LIST = 170;

  /// @param nlist 0 to choose
  public static IvfDefaults of(int rows, int nlist) {
    int lists = nlist;
    if (lists == 0) {
      lists = (int) Math.min(rows / (double) LEAST_ROWS_PER_LIST, 4 * Math.sqrt(rows));
    }
    lists = Math.clamp(lists, 1, Math.max(1, rows));
    return new IvfDefaults(lists, nprobe(lists));
  }

  /// @param lists lists there are
  public static int nprobe(int lists) {
    return Math.min(lists, Math.max(4, (int) Math.ceil(2 * Math.sqrt(lists))));
  }
}
