package dev.aerie.expr;

/// A truth value where something may be missing (Kleene's strong logic, as in SQL).
public enum Truth {
  TRUE,
  FALSE,
  MISSING;

  public static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == TRUE && other == TRUE ? TRUE : MISSING;
  }

  public Truth or(Truth other) {
    if (this == TRUE || other == TRUE) {
      return TRUE;
    }
    return this == FALSE && other == FALSE ? FALSE : MISSING;
  }

  public Truth not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case MISSING -> MISSING;
    };
  }
}
