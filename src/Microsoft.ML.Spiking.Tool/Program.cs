using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Tool;

var terminal = Terminal.OfProcess();
using var interruption = new Interruption(Failure.Interrupted, terminal.IsWriting);
return (int)await new CommandLine(terminal).RunAsync(args, interruption.Token);
