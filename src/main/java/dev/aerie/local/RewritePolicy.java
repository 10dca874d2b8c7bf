package dev.aerie.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.jspecify.annotations.Nullable;

/// Merges as another policy does, and on demand rewrites single segments so that their vectors
/// become what their index wants.
///
/// A forced merge asks for more until there is none, so the segments of one rewrite are a set that
/// is frozen when it begins: each is merged by itself, once.
final class RewritePolicy extends FilterMergePolicy {
  private final Set<String> frozen = ConcurrentHashMap.newKeySet();
  private final Set<OneMerge> running = ConcurrentHashMap.newKeySet();
  private volatile boolean rewriting;

  RewritePolicy(MergePolicy merges) {
    super(merges);
  }

  /// From here on, until [#end], a forced merge rewrites these segments and nothing else.
  void begin(Set<String> segments) {
    frozen.clear();
    frozen.addAll(segments);
    running.clear();
    rewriting = true;
  }

  void end() {
    rewriting = false;
    frozen.clear();
    running.clear();
  }

  /// Stops the merges of a rewrite as soon as they look.
  void abort() {
    frozen.clear();
    running.forEach(OneMerge::setAborted);
  }

  @Override
  public @Nullable MergeSpecification findForcedMerges(
      SegmentInfos infos,
      int maxSegmentCount,
      Map<SegmentCommitInfo, Boolean> segmentsToMerge,
      MergeContext context)
      throws IOException {
    if (!rewriting) {
      return super.findForcedMerges(infos, maxSegmentCount, segmentsToMerge, context);
    }
    var busy = context.getMergingSegments();
    var merges = new MergeSpecification();
    boolean any = false;
    for (var info : infos) {
      if (busy.contains(info) || !frozen.contains(info.info.name)) {
        continue;
      }
      var merge = new OneMerge(List.of(info));
      frozen.remove(info.info.name);
      running.add(merge);
      merges.add(merge);
      any = true;
    }
    return any ? merges : null;
  }
}
