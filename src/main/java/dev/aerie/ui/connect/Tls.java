package dev.aerie.ui.connect;

/// How the connection is protected.
public enum Tls {
  OFF,
  SERVER,
  MUTUAL
}
