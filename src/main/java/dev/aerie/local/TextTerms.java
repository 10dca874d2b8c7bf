package dev.aerie.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/// Texts as terms. Lucene keeps no term above 32,766 bytes and is the slower the longer they are,
/// so
/// a text above [#MAX_BYTES] is its first bytes, a byte no UTF-8 has, and a digest of the whole:
/// equal terms still mean equal texts, and among cut terms nothing but equality can be read off.
final class TextTerms {
  static final int MAX_BYTES = 8_192;
  private static final int DIGEST_BYTES = 32;
  private static final int CUT = MAX_BYTES - DIGEST_BYTES - 1;
  private static final byte MARK = (byte) 0xFF;

  private TextTerms() {}

  static BytesRef term(String text) {
    if (text.length() <= MAX_BYTES / 3) {
      return new BytesRef(text);
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return new BytesRef(bytes);
    }
    var term = Arrays.copyOf(bytes, MAX_BYTES);
    term[CUT] = MARK;
    System.arraycopy(digest(bytes), 0, term, CUT + 1, DIGEST_BYTES);
    return new BytesRef(term);
  }

  static boolean isCut(BytesRef term) {
    return term.length == MAX_BYTES && term.bytes[term.offset + CUT] == MARK;
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
