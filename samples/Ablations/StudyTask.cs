namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Something to learn, and the network that is taken apart on it.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Training">Rows with Features and Label.</param>
/// <param name="Test">Rows that no training sees.</param>
/// <param name="Options">The whole network.</param>
internal sealed record StudyTask(string Name, IDataView Training, IDataView Test, SpikingNetworkOptions Options);
