using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Interrupted;

// ENGINE EPOCHS CHECKPOINT MODEL: trains, from the checkpoint where there is one, and saves the model. Says "training" once it has begun, and each warning.
var ml = new MLContext(seed: 1);
ml.Log += (_, line) =>
{
    if (line.Kind == ChannelMessageKind.Warning) Console.Error.WriteLine(line.RawMessage);
};
var random = new Random(7);
IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 24).Select(row => new Row
{
    Label = (uint)(row % 3),
    Features = [.. Enumerable.Range(0, Row.Inputs).Select(input => (input / 2 == row % 3 ? 0.7f : 0) + 0.3f * random.NextSingle())],
}).ToArray());
var options = new SpikingNetworkOptions
{
    Network = new SpikingNetwork
    {
        TimeSteps = 10,
        Code = new RateCode { MaximumProbability = 1 },
        Scaling = FeatureScaling.PerInput,
        Layers =
        [
            new ColumnLayer
            {
                Columns = 4,
                NeuronsPerColumn = 13,
                Wiring = new WattsStrogatz { Neighbours = 2 },
                Plasticity = new CorrelationStdp { LearningRate = 0.01 },
                StructuralPlasticity = new StructuralPlasticity { Interval = 3, GracePeriod = 1 },
            },
        ],
        Readout = new Readout { HiddenUnits = 16, Dropout = 0.3 },
    },
    Engine = Enum.Parse<TrainingEngine>(args[0]),
    Epochs = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture),
    BatchSize = 12,
    ValidationFraction = 0.25,
    EarlyStopping = new EarlyStopping { Patience = int.MaxValue },
    Seed = 1,
    Device = TrainingDevice.Cpu,
    CheckpointPath = args[2],
    ResumeFrom = File.Exists(args[2]) ? args[2] : null,
    ProgressInterval = 1,
    Progress = new Begun(),
};
try
{
    ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(rows), rows.Schema, args[3]);
    return 0;
}
catch (IOException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return 1;
}

namespace Microsoft.ML.Spiking.Interrupted
{
    internal sealed class Row
    {
        public const int Inputs = 7;

        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }

    internal sealed class Begun : IProgress<TrainingProgress>
    {
        private bool _said;

        public void Report(TrainingProgress value)
        {
            if (!_said) Console.WriteLine("training");
            _said = true;
        }
    }
}
