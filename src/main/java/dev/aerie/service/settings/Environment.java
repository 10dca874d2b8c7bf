package dev.aerie.service.settings;

/// What a connection is for; decides its colour and whether it starts read-only.
public enum Environment {
  LOCAL,
  DEVELOPMENT,
  STAGING,
  PRODUCTION
}
