package dev.forklab.results;

/// Another runtime that takes part in a run: which, and where it was found.
///
/// @param model its name in the run
/// @param command the executable itself, an absolute path
/// @param version as the runtime gives it
public record Peer(Model model, String command, String version) {

  public Peer {
    if (model.role() != Model.Role.PEER) {
      throw new IllegalArgumentException("expected a peer, found " + model.id());
    }
  }
}
