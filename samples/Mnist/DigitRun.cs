using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>The whole job: data, pipeline, training, evaluation, a picture, a saved model and predictions from it.</summary>
internal sealed class DigitRun(DigitFiles files, string folder)
{
    private const int Shown = 60;

    public void Run(SpikingNetworkOptions options)
    {
        var ml = new MLContext(options.Seed);
        IDataView train = ml.Data.LoadFromIdx(files.TrainImages, files.TrainLabels);
        IDataView test = ml.Data.LoadFromIdx(files.TestImages, files.TestLabels);

        var display = new TrainingDisplay();
        var model = display.Show(progress =>
        {
            // The test digits are measured on, as the published program does, and never used to choose weights.
            var trainer = ml.MulticlassClassification.Trainers.SpikingNetwork(options with { ValidationSet = test, Progress = progress });
            return trainer.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel")).Fit(train);
        });
        display.PrintEpochs();

        IDataView scored = model.Transform(test);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);
        Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

        Directory.CreateDirectory(folder);
        string picture = Path.Combine(folder, "predictions.svg"), zip = Path.Combine(folder, "model.zip");
        PredictionGrid.Write(picture, metrics.MicroAccuracy, Images(ml, scored));
        Console.WriteLine($"Picture of {Shown} test digits: {picture}");

        WholeFile.Write(zip, temporary => ml.Model.Save(model, train.Schema, temporary));
        Console.WriteLine($"Model: {zip} ({new FileInfo(zip).Length / 1e6:F1} MB)");
        Predict(zip, test);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy: {metrics.MicroAccuracy:F4}"));
    }

    /// <summary>What an application does that was given the model: it needs no trainer and no libtorch.</summary>
    private static void Predict(string zip, IDataView test)
    {
        var ml = new MLContext();
        ITransformer model = ml.Model.Load(zip, out DataViewSchema schema);
        var definition = SchemaDefinition.Create(typeof(DigitImage));
        definition[nameof(DigitImage.Features)].ColumnType = schema[nameof(DigitImage.Features)].Type;
        using var engine = ml.Model.CreatePredictionEngine<DigitImage, DigitPrediction>(model, inputSchemaDefinition: definition);
        foreach (DigitImage image in ml.Data.CreateEnumerable<DigitImage>(test, reuseRowObject: false, schemaDefinition: definition).Take(5))
        {
            DigitPrediction prediction = engine.Predict(image);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PredictionEngine: a {prediction.PredictedClass}, {prediction.Score.Max():P1} sure"));
        }
    }

    private static List<PredictedImage> Images(MLContext ml, IDataView scored)
    {
        var shape = (VectorDataViewType)scored.Schema["Features"].Type;
        IDataView named = ml.Transforms.Conversion.MapKeyToValue("Truth", "Label").Fit(scored).Transform(ml.Data.TakeRows(scored, Shown));
        string[] truth = [.. named.GetColumn<string>("Truth")], digit = [.. named.GetColumn<string>("PredictedClass")];
        float[][] pixels = [.. named.GetColumn<float[]>("Features")], scores = [.. named.GetColumn<float[]>("Score")];
        return [.. truth.Select((t, i) => new PredictedImage(pixels[i], shape.Dimensions[0], shape.Dimensions[1], t, digit[i], scores[i].Max()))];
    }
}
