package dev.aerie.local.codec;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MemorySegmentAccessInput;

/// A part of a data file: `offset vlong, length vlong`, in bytes.
record Section(long offset, long length) {

  private static final int COPY_BYTES = 1 << 16;

  static Section read(DataInput in) throws IOException {
    long offset = in.readVLong();
    long length = in.readVLong();
    if (offset < 0 || length < 0) {
      throw new CorruptIndexException(
          "section at offset %d has length %d".formatted(offset, length), in);
    }
    return new Section(offset, length);
  }

  void write(DataOutput out) throws IOException {
    out.writeVLong(offset);
    out.writeVLong(length);
  }

  /// The section as memory: the mapped file itself where the directory maps files whole, else a
  /// copy of it outside the heap.
  MemorySegment map(IndexInput data) throws IOException {
    if (offset + length > data.length()) {
      throw new CorruptIndexException(
          "section ends at %d, the file at %d".formatted(offset + length, data.length()), data);
    }
    if (length == 0) {
      return MemorySegment.NULL;
    }
    if (data instanceof MemorySegmentAccessInput mapped) {
      var segment = mapped.segmentSliceOrNull(offset, length);
      if (segment != null) {
        return segment;
      }
    }
    var copy = Arena.ofAuto().allocate(Math.max(length, 1), IvfFormat.SECTION_ALIGNMENT);
    var buffer = new byte[(int) Math.min(COPY_BYTES, Math.max(length, 1))];
    var in = data.slice("section", offset, length);
    for (long at = 0; at < length; at += buffer.length) {
      int count = (int) Math.min(buffer.length, length - at);
      in.readBytes(buffer, 0, count);
      MemorySegment.copy(MemorySegment.ofArray(buffer), 0, copy, at, count);
    }
    return copy;
  }
}
