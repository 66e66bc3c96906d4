namespace Microsoft.ML.Spiking.Tool;

/// <summary>Why a model cannot be loaded, and the way out.</summary>
internal static class LoadRefusal
{
    public static Failure Explain(InvalidDataException error)
        => Failure.Input(error.Message, error.InnerException?.GetBaseException() switch
        {
            FileNotFoundException or FileLoadException
                => "update the tool; a pipeline with steps of other packages can only be used in a program that references them.",
            InvalidOperationException missing when missing.Message.Contains("extension for the contract", StringComparison.Ordinal)
                => "a CustomMapping is code of the program that trained the model: score the rows there.",
            _ => "give a model.zip, as 'spiking train' or ml.Model.Save writes it; save the model again, or copy it anew.",
        }, error);
}
