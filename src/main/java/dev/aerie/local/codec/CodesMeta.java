package dev.aerie.local.codec;

import dev.aerie.ivf.Coder;
import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/// The codes of a field in the metadata: `kind byte`, 0 for none and nothing after it, then
/// `sections parameters, bytes,
/// slopes, shifts`. The numbers are in the data file, where a damaged one is found by its checksum.
///
/// @param parameters of the coder, floats
record CodesMeta(
    Coder.Kind kind, Section parameters, Section bytes, Section slopes, Section shifts) {

  static Optional<CodesMeta> read(DataInput in) throws IOException {
    byte kind = in.readByte();
    var coder =
        switch (kind) {
          case 0 -> Optional.<Coder.Kind>empty();
          case 1 -> Optional.of(Coder.Kind.PRODUCT);
          case 2 -> Optional.of(Coder.Kind.SIGN);
          case 3 -> Optional.of(Coder.Kind.BYTE);
          default -> throw new CorruptIndexException("no codes are of kind " + kind, in);
        };
    if (coder.isEmpty()) {
      return Optional.empty();
    }
    var parameters = Section.read(in);
    var bytes = Section.read(in);
    var slopes = Section.read(in);
    return Optional.of(new CodesMeta(coder.get(), parameters, bytes, slopes, Section.read(in)));
  }

  static void write(Optional<CodesMeta> codes, DataOutput out) throws IOException {
    if (codes.isEmpty()) {
      out.writeByte((byte) 0);
      return;
    }
    var meta = codes.get();
    out.writeByte(
        (byte)
            switch (meta.kind) {
              case PRODUCT -> 1;
              case SIGN -> 2;
              case BYTE -> 3;
            });
    meta.parameters.write(out);
    meta.bytes.write(out);
    meta.slopes.write(out);
    meta.shifts.write(out);
  }

  long length() {
    return parameters.length() + bytes.length() + slopes.length() + shifts.length();
  }
}
