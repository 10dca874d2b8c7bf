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

  /// Dimensions of one product code: fewer where rows are short and every code counts.
  public static int group(int dim, int codes) {
    if (codes > 0) {
      return Math.clamp((dim + codes - 1) / codes, 1, dim);
    }
    return Math.min(dim, dim < 256 ? 2 : dim < 640 ? 4 : 8);
  }

  /// Rows compared as they are, so many that the code's error costs next to no recall: the more,
  /// the fewer bits a row has.
  public static int rerank(int k, Coder coder, int dim) {
    int codes = 2 * coder.planes();
    return switch (coder) {
      case ProductCoder _ -> k * Math.max(10, 1000 / codes);
      case SignCoder _ -> k * Math.max(10, 8000 / dim);
      case ByteCoder _ -> 2 * k + 10;
    };
  }
}
