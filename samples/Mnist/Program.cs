// Holds the place of the sample, which follows with the library.
Spectre.Console.AnsiConsole.WriteLine("The spiking network's sample follows.");
