package dev.presence.jmh.report;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Runs a command with its arguments, and says in one line what is wrong. */
public final class CommandLines {

  private CommandLines() {}

  /** Returns the exit code: 0, 1 after a failure, or 2 after a wrong argument. */
  public static int run(Callable<Integer> command, String... args) {
    return commandLine(command).execute(args);
  }

  static CommandLine commandLine(Callable<Integer> command) {
    CommandLine commandLine = new CommandLine(command);
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this help.")
                .build());
    return commandLine
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(int.class, CommandLines::number)
        .registerConverter(Integer.class, CommandLines::number)
        .registerConverter(long.class, CommandLines::longNumber)
        .registerConverter(Long.class, CommandLines::longNumber)
        .setExecutionExceptionHandler(
            (exception, failed, result) -> {
              if (exception instanceof RuntimeException
                  && !(exception instanceof IllegalArgumentException)) {
                throw exception; // a defect, with its stack trace
              }
              failed
                  .getErr()
                  .printf(Locale.ROOT, "%s: %s%n", failed.getCommandName(), exception.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static int number(String text) {
    long number = longNumber(text);
    if (number != (int) number) {
      throw new TypeConversionException("not a whole number: " + text);
    }
    return (int) number;
  }

  /** A number may be written 100_000_000. */
  private static long longNumber(String text) {
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("not a whole number: " + text);
    }
  }
}
