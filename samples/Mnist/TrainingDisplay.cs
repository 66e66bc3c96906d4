using System.Globalization;
using Spectre.Console;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A progress bar while the network trains, or a line an epoch where nobody looks, and afterwards a table of its epochs.</summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    // More rows than this say no more; of many epochs some are shown, the last among them.
    private const int Rows = 12;

    private readonly List<EpochProgress> _epochs = [];
    private ProgressTask? _task;

    /// <summary>Trains under a progress bar, or line by line into a file or pipe.</summary>
    public T Show<T>(Func<IProgress<TrainingProgress>, T> train) => AnsiConsole.Profile.Capabilities is not { Interactive: true, Ansi: true } ? train(this) : AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            _task = context.AddTask("Training");
            T result = train(this);
            _task.Value = _task.MaxValue;
            return result;
        });

    public void Report(TrainingProgress value)
    {
        if (value is EpochProgress epoch)
        {
            _epochs.Add(epoch);
            if (_task is null) Console.WriteLine(epoch);
        }
        if (_task is null) return;
        _task.MaxValue = value.TotalBatches;
        _task.Value = value.Batches;
        _task.Description = string.Create(CultureInfo.InvariantCulture, $"Epoch {value.Epoch}/{value.Epochs}: loss {value.Loss:F3}, accuracy {value.Accuracy:P1}");
    }

    public void PrintEpochs()
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string header in (string[])["Epoch", "Loss", "Training", "Test", "Spike rate", "Formed", "Pruned", "Rows/s"])
            table.AddColumn(new TableColumn(header).RightAligned());
        int every = (_epochs.Count + Rows - 1) / Rows;
        foreach (EpochProgress e in _epochs.Where((_, i) => (_epochs.Count - 1 - i) % every == 0))
        {
            FormattableString[] cells =
            [
                $"{e.Epoch}", $"{e.Loss:F4}", $"{e.Accuracy:P2}", $"{e.ValidationAccuracy:P2}", $"{e.SpikeRate:F4}", $"{e.Formed}", $"{e.Pruned}", $"{e.RowsPerSecond:F0}",
            ];
            table.AddRow([.. cells.Select(FormattableString.Invariant)]);
        }
        AnsiConsole.Write(table);
    }
}
