package dev.aerie.wire;

import dev.aerie.engine.Consistency;
import dev.aerie.wire.proto.ConsistencyLevel;

/// Consistency levels and the timestamps that stand for them.
public final class Consistencies {
  private static final long STRONG = 0;
  private static final long EVENTUALLY = 1;
  private static final long BOUNDED = 2;

  private Consistencies() {}

  public static ConsistencyLevel toProto(Consistency consistency) {
    return switch (consistency) {
      case STRONG -> ConsistencyLevel.Strong;
      case SESSION -> ConsistencyLevel.Session;
      case BOUNDED -> ConsistencyLevel.Bounded;
      case EVENTUALLY -> ConsistencyLevel.Eventually;
      case CUSTOMIZED -> ConsistencyLevel.Customized;
    };
  }

  public static Consistency fromProto(ConsistencyLevel level) {
    return switch (level) {
      case Strong -> Consistency.STRONG;
      case Session -> Consistency.SESSION;
      case Bounded, UNRECOGNIZED -> Consistency.BOUNDED;
      case Eventually -> Consistency.EVENTUALLY;
      case Customized -> Consistency.CUSTOMIZED;
    };
  }

  /// What a request carries as the timestamp to have seen.
  ///
  /// @param guarantee of SESSION and CUSTOMIZED; 0 where the caller has written nothing
  public static long guarantee(Consistency consistency, long guarantee) {
    return switch (consistency) {
      case STRONG -> STRONG;
      case EVENTUALLY -> EVENTUALLY;
      case BOUNDED -> BOUNDED;
      case SESSION, CUSTOMIZED -> guarantee > BOUNDED ? guarantee : EVENTUALLY;
    };
  }
}
