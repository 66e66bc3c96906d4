namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>Whether the published program computes the same as a network, so that its state_dict says all of it.</summary>
internal static class PublishedForm
{
    public static bool Has(SpikingModel model)
        => model is { Classes: > 0, Temperature: 1, Input: { IsSpikeTrain: false, Steps: null }, Standardisation.IsShared: true }
            && model.Network is
            {
                Code: SigmoidCode { MaximumProbability: 0.5 },
                Readout: { HiddenUnits: > 0, Windows: 1, TimeConstant: null },
                Layers: [ColumnLayer
                {
                    Excitatory: LifNeuron { Threshold: 2.5f, Reset: 0 },
                    Inhibitory: LifNeuron { Threshold: 2, Reset: 0 },
                    Modulation: 0.1,
                    Coupling: 0,
                    HasDelays: false,
                    HasBiases: false,
                    Recurrence: null,
                    ReceptiveField: null,
                    Homeostasis: { MinimumScale: 0.3, MaximumScale: 3 },
                } layer],
            }
            && layer.ExcitatoryNeurons > 0 && layer.ExcitatoryNeurons < layer.NeuronsPerColumn
            && model.Network.EvaluationCode.Equals(new DeterministicCode());
}
