using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.OtherData;

/// <summary>Rows of numbers and their classes, as other people have them.</summary>
internal sealed record Table(float[][] Features, string[] Classes)
{
    private const int Folds = 5;

    /// <summary>A table of scikit-learn's, whose last column is the class.</summary>
    public static Table Open(string name)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "OtherData", "Tables", name + ".csv")).Skip(1).Select(line => line.Split(','))];
        return new Table([.. lines.Select(line => Array.ConvertAll(line[..^1], number => float.Parse(number, CultureInfo.InvariantCulture)))], [.. lines.Select(line => line[^1])]);
    }

    /// <summary>Every fifth row of each class apart, as (training, test).</summary>
    public (Table Training, Table Test) Fold(int fold)
    {
        var seen = new Dictionary<string, int>();
        bool[] apart = [.. Classes.Select(name => (seen[name] = seen.GetValueOrDefault(name) + 1) % Folds == fold)];
        Table Where(bool value) => new([.. Features.Where((_, i) => apart[i] == value)], [.. Classes.Where((_, i) => apart[i] == value)]);
        return (Where(false), Where(true));
    }

    /// <summary>Accuracy over all five folds.</summary>
    public double CrossValidated(Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        double right = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            var (training, test) = Fold(fold);
            right += test.Classes.Length * training.Accuracy(trainer, test);
        }
        return right / Classes.Length;
    }

    /// <summary>Accuracy on other rows, after training on these.</summary>
    public double Accuracy(Func<MLContext, IEstimator<ITransformer>> trainer, Table test)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = View(ml);
        TransformerChain<ITransformer> model = ml.Transforms.Conversion.MapValueToKey("Label", "Class").Append(trainer(ml)).Fit(rows);
        return ml.MulticlassClassification.Evaluate(model.Transform(test.View(ml))).MicroAccuracy;
    }

    public IDataView View(MLContext ml)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Features[0].Length);
        return ml.Data.LoadFromEnumerable(Features.Zip(Classes, (features, name) => new Row { Features = features, Class = name }), schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Class { get; set; } = "";
    }
}
