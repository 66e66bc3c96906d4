using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Tool;

using var interruption = new Interruption();
return (int)await new CommandLine(Terminal.OfProcess()).RunAsync(args, interruption.Token);
