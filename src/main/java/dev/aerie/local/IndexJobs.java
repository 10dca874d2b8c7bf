package dev.aerie.local;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.ObserveRequest.JobInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.MergePolicy;

/// Builds of indexes: for each collection at most one rewrite of the segments that are not what
/// they
/// are to be. A build is nothing but the difference between what is wanted and what is there, so
/// one
/// that a crash or a cancel cut short goes on with what is left.
final class IndexJobs {
  private static final int REMEMBERED = 50;

  private final Executor executor;
  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentHashMap<String, Build> running = new ConcurrentHashMap<>();
  private final Deque<JobInfo> ended = new ConcurrentLinkedDeque<>();

  /// @param executor a thread for each build, which waits for merges most of the time
  IndexJobs(Executor executor) {
    this.executor = executor;
  }

  /// One rewrite under way.
  private static final class Build {
    private final LocalCollection collection;
    private final String id;
    private final String detail;
    private final long startedAt = System.currentTimeMillis();
    private volatile boolean again;
    private volatile boolean cancelled;

    Build(LocalCollection collection, String id, String detail) {
      this.collection = collection;
      this.id = id;
      this.detail = detail;
    }

    JobInfo info(JobInfo.State state, long done, long total, Optional<String> failure) {
      return new JobInfo(
          id,
          "index build",
          collection.entry().database(),
          collection.entry().name(),
          detail,
          state,
          done,
          total,
          startedAt,
          failure);
    }
  }

  /// Begins a rewrite, or has the one under way look again when it is done.
  void start(LocalCollection collection, String detail) {
    var uuid = collection.entry().uuid();
    var begun = new Build(collection, "build-" + ids.incrementAndGet(), detail);
    var under = running.putIfAbsent(uuid, begun);
    if (under != null) {
      under.again = true;
    } else {
      executor.execute(() -> run(uuid, begun));
    }
  }

  boolean isRunning(LocalCollection collection) {
    return running.containsKey(collection.entry().uuid());
  }

  /// Stops a rewrite; segments it has finished stay as they are.
  void cancel(LocalCollection collection) {
    var build = running.get(collection.entry().uuid());
    if (build != null) {
      build.cancelled = true;
      collection.rewrites().abort();
    }
  }

  /// Running builds, then those that ended lately, the last first.
  List<JobInfo> list(Collection<LocalCollection> open) {
    List<JobInfo> all = new ArrayList<>();
    for (var build : running.values()) {
      if (open.contains(build.collection)) {
        var progress = progress(build.collection);
        all.add(
            build.info(
                JobInfo.State.RUNNING, progress.indexed(), progress.total(), Optional.empty()));
      }
    }
    all.addAll(ended);
    return all;
  }

  private static LocalCollection.Coverage progress(LocalCollection collection) {
    long total = 0;
    long indexed = 0;
    try {
      for (var index : collection.entry().indexes()) {
        var field = collection.fields().field(index.spec().field());
        if (field.isPresent() && field.get().type().isDenseVector()) {
          var coverage = collection.coverage(field.get());
          total += coverage.total();
          indexed += coverage.indexed();
        }
      }
    } catch (IOException e) {
      throw new EngineException(
          ErrorCode.INTERNAL, "cannot read the state of the index: " + e.getMessage(), e);
    }
    return new LocalCollection.Coverage(total, indexed);
  }

  private void run(String uuid, Build build) {
    Optional<String> failure = Optional.empty();
    var state = JobInfo.State.FINISHED;
    try {
      do {
        build.again = false;
        rewrite(build);
      } while (build.again && !build.cancelled);
    } catch (IOException | RuntimeException e) {
      failure = build.cancelled ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
      state = JobInfo.State.FAILED;
    } finally {
      running.remove(uuid);
      long total = 0;
      long done = 0;
      try {
        var progress = progress(build.collection);
        total = progress.total();
        done = progress.indexed();
      } catch (RuntimeException closed) {
        // The collection has been closed meanwhile; there is nothing to count.
      }
      ended.addFirst(
          build.info(build.cancelled ? JobInfo.State.CANCELLED : state, done, total, failure));
      while (ended.size() > REMEMBERED) {
        ended.pollLast();
      }
    }
    if (build.again && !build.cancelled) {
      start(build.collection, build.detail);
    }
  }

  private static void rewrite(Build build) throws IOException {
    var collection = build.collection;
    // Rows in memory become segments first, since only segments can be rewritten.
    collection.store().refresh();
    var stale = collection.staleSegments();
    if (stale.isEmpty() || build.cancelled) {
      return;
    }
    var policy = collection.rewrites();
    policy.begin(stale);
    try {
      collection.store().writer().forceMerge(Integer.MAX_VALUE, true);
    } catch (IOException e) {
      if (!build.cancelled || !isAbort(e)) {
        throw e;
      }
    } finally {
      policy.end();
    }
    collection.store().refresh();
  }

  private static boolean isAbort(IOException e) {
    return e instanceof MergePolicy.MergeAbortedException
        || e.getCause() instanceof MergePolicy.MergeAbortedException
        || String.valueOf(e.getMessage()).contains("ABORTED");
  }
}
