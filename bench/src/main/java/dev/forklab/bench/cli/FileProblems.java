package dev.forklab.bench.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be used, in words.
final class FileProblems {

  private FileProblems() {}

  static String reason(IOException thrown) {
    return switch (thrown) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such file or directory";
      case FileAlreadyExistsException _ -> "it exists already";
      case FileSystemException file when file.getReason() != null ->
          String.valueOf(file.getReason());
      default -> String.valueOf(thrown.getMessage());
    };
  }
}
