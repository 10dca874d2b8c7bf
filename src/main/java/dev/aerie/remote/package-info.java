/// An engine behind Milvus' protocol: standalone, cluster, hosted, lite, or another Aerie.
///
/// [RemoteConnector] opens a [dev.aerie.engine.Place.Server] and finds out step by step why it
/// cannot; [RemoteEngine] turns each request into the calls it needs. [Connection] holds the
/// channels, one for each address, taken in turn with broken ones passed over; it carries
/// deadlines, signing in, cancelling, and repeats what is safe to repeat. What a server can do is
/// found out once, when it is opened: by its version, and for what versions do not tell by asking.
///
/// Every call is blocking and runs on the caller's thread. Not here: the translation of messages,
/// which `wire` does once for both directions.
@NullMarked
package dev.aerie.remote;

import org.jspecify.annotations.NullMarked;
