using System.CommandLine;

return await new RootCommand("Trains, evaluates, inspects and serves spiking neural networks.").Parse(args).InvokeAsync();
