namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking info: what is in a model.zip.</summary>
internal sealed class InfoCommand : ToolCommand
{
    private readonly ModelOption _model = ModelOption.Create();

    public InfoCommand(Terminal terminal) : base("info", "Says what a model is: its columns, layers, training and file.", terminal) => Options.Add(_model);

    protected override ExitCode Run(CommandRun run)
    {
        LoadedModel model = LoadedModel.Open(run.CreateContext(seed: null), run.Get(_model)!);
        run.Answer(ModelDescription.Of(model), ToolJson.Documents.ModelDescription, ModelTable.Draw);
        return ExitCode.Done;
    }
}
