package dev.aerie.engine;

import dev.aerie.engine.CollectionRequest.LoadStatus;
import java.util.List;
import java.util.regex.Pattern;

/// Partitions of a collection.
public sealed interface PartitionRequest<R> extends Request<R> {
  /// The partition that is always there.
  String DEFAULT = "_default";

  String database();

  String collection();

  @Override
  default Capability needs() {
    return Capability.PARTITIONS;
  }

  @Override
  default boolean writes() {
    return true;
  }

  record ListAll(String database, String collection)
      implements PartitionRequest<List<PartitionInfo>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Create(String database, String collection, String partition)
      implements PartitionRequest<Done> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,254}");

    public Create {
      if (!NAME.matcher(partition).matches()) {
        throw new IllegalArgumentException(
            "partition name \"%s\" must be 1 to 255 letters, digits, _ or -, the first no -"
                .formatted(partition));
      }
    }
  }

  /// Drops a partition and its rows; not the default one.
  record Drop(String database, String collection, String partition)
      implements PartitionRequest<Done> {}

  record Load(String database, String collection, List<String> partitions)
      implements PartitionRequest<Done> {
    public Load {
      partitions = List.copyOf(partitions);
    }
  }

  record Release(String database, String collection, List<String> partitions)
      implements PartitionRequest<Done> {
    public Release {
      partitions = List.copyOf(partitions);
    }
  }

  /// @param rows live rows
  /// @param createdAt milliseconds since 1970
  record PartitionInfo(String name, long id, long rows, long createdAt, LoadStatus load) {}
}
