using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The option by which a command is told of its model.</summary>
internal sealed class ModelOption() : Option<string>("--model", "-m")
{
    public static ModelOption Create() => new()
    {
        Description = "The model.zip, as 'spiking train' or ml.Model.Save writes it.",
        HelpName = "FILE",
        Required = true,
    };
}
