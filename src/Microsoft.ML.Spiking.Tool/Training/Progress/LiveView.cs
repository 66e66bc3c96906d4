using System.Threading.Channels;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A table by epoch, the curves so far and how the epoch goes, redrawn in place.</summary>
/// <param name="console">A terminal.</param>
/// <param name="unit">What a row of the data is called.</param>
/// <param name="measured">What the rows are called that accuracy is measured on besides.</param>
/// <param name="cancel">Says that the user wants to stop.</param>
internal sealed class LiveView(IAnsiConsole console, string unit, string measured, CancellationToken cancel) : IProgressView
{
    private const int EpochsShown = 8, CurveWidth = 50;

    // At most five redraws a second.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly List<EpochProgress> _epochs = [];
    private readonly List<double> _losses = [], _accuracies = [];
    private TrainingProgress? _latest;

    public Task ShowAsync(ChannelReader<TrainingProgress> reader) => console.Live(Draw()).StartAsync(async context =>
    {
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out TrainingProgress? progress)) Take(progress);
            context.UpdateTarget(Draw());
            await Task.Delay(s_pause, CancellationToken.None);
        }
        context.UpdateTarget(Draw());
    });

    /// <summary>Takes in what has happened.</summary>
    public void Take(TrainingProgress progress)
    {
        _latest = progress;
        if (progress is EpochProgress epoch) _epochs.Add(epoch);
        _losses.Add(progress.Loss);
        _accuracies.Add(progress.Accuracy);
    }

    /// <summary>What there is to see now.</summary>
    public IRenderable Draw()
    {
        if (_latest is not { } now) return new Markup("Reading the data ...");
        var lines = new List<IRenderable>();
        if (_epochs.Count > 0) lines.Add(Epochs());
        lines.Add(Line($"[grey]loss    [/] [blue]{Sparkline.Of(_losses, CurveWidth, console)}[/] {Tool.Text.Of(now.Loss)}"));
        lines.Add(Line($"[grey]accuracy[/] [green]{Sparkline.Of(_accuracies, CurveWidth, console)}[/] {Tool.Text.Of(now.Accuracy)}"));
        lines.Add(Line($"epoch {now.Epoch} of {now.Epochs}, batch {Tool.Text.Count(now.Batches)} of {Tool.Text.Count(now.TotalBatches)}, "
            + $"{Tool.Text.Count((long)now.RowsPerSecond)} {unit}/s, "
            + (cancel.IsCancellationRequested ? "[yellow]finishing the batch; once more ends at once[/]" : $"{Tool.Text.Duration(now.TimeLeft)} left")));
        return new Rows(lines);
    }

    private Table Epochs()
    {
        bool validated = _epochs[^1].ValidationAccuracy is not null;
        Table table = Tables.Create([],
            ["epoch", "loss", "training accuracy", .. validated ? [$"{measured} accuracy"] : (string[])[], "spike rate", "density", $"{unit}/s", "time"]);
        if (_epochs.Count > EpochsShown) table.AddRow("...");
        double? best = _epochs.Max(epoch => epoch.ValidationAccuracy);
        foreach (EpochProgress epoch in _epochs.Skip(_epochs.Count - EpochsShown))
        {
            string[] validation = epoch.ValidationAccuracy is { } accuracy
                ? [accuracy == best ? $"[green]{Tool.Text.Of(accuracy)}[/]" : Tool.Text.Of(accuracy)]
                : [];
            table.AddRow([$"{epoch.Epoch}", Tool.Text.Of(epoch.Loss), Tool.Text.Of(epoch.Accuracy), .. validation, Tool.Text.Of(epoch.SpikeRate),
                Tool.Text.Of(epoch.ConnectionDensity),
                Tool.Text.Count((long)epoch.RowsPerSecond), Tool.Text.Duration(epoch.TrainingTime)]);
        }
        return table;
    }

    private static Markup Line(string markup) => new(markup);
}
