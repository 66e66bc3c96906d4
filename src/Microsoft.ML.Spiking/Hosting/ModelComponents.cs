namespace Microsoft.ML.Spiking;

/// <summary>What a model.zip may be made of, for <c>ml.Model.LoadChecked</c> (<see cref="SpikingModelCatalog"/>).</summary>
public enum ModelComponents
{
    /// <summary>
    /// Components of Microsoft.ML.Spiking alone, and ML.NET's chain around them: every entry of such a file is checked, so that it may come from a stranger.
    /// </summary>
    Spiking,

    /// <summary>
    /// Those of ML.NET's own assemblies, Microsoft.ML.*, too. They are loaded by ML.NET's own readers, which believe the lengths that they read: for files
    /// whose writer one knows.
    /// </summary>
    MLNet,

    /// <summary>Those of any assembly that the application has: a file then chooses which of its code runs.</summary>
    Any,
}
