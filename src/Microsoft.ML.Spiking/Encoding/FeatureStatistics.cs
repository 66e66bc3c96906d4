namespace Microsoft.ML.Spiking;

/// <summary>Mean, standard deviation and maximum over all features of all training rows.</summary>
internal readonly record struct FeatureStatistics(double Mean, double Deviation, double Maximum);
