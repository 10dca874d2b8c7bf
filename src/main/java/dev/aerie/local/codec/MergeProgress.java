package dev.aerie.local.codec;

import dev.aerie.engine.Progress;
import java.util.concurrent.CancellationException;
import org.apache.lucene.index.MergePolicy.MergeAbortedException;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.util.InfoStream;

/// A merge as the builder sees it: an aborted merge is a cancelled build, and phases go to Lucene's
/// log.
record MergeProgress(MergeState merge) implements Progress {

  private static final String COMPONENT = "AIVF";

  @Override
  public void update(long done, long total) {
    check();
  }

  @Override
  public void phase(String name) {
    InfoStream log = merge.infoStream;
    if (log.isEnabled(COMPONENT)) {
      log.message(COMPONENT, merge.segmentInfo.name + ": " + name);
    }
    check();
  }

  @Override
  public void check() {
    try {
      merge.checkAborted();
    } catch (MergeAbortedException aborted) {
      var cancelled =
          new CancellationException("the merge into " + merge.segmentInfo.name + " was aborted");
      cancelled.initCause(aborted);
      throw cancelled;
    }
  }
}
