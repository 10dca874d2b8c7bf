package dev.aerie.ui.connect;

/// How a caller signs in.
public enum SignIn {
  NONE,
  PASSWORD,
  TOKEN
}
