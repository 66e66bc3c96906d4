using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Spiking;

// Trains on MNIST, whose folder is the first argument, for so many batches; says the accuracy on the test digits, and what the weights are told by.
var ml = new MLContext(seed: 1);
IDataView train = Load("train"), test = Load("t10k");
var options = new SpikingNetworkOptions { Batches = int.Parse(args[1]) };
SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(train);

SpikingModel learnt = model.Model;
byte[] weights = [.. learnt.Layers[0].InputWeights.Concat(learnt.Layers[0].InterWeights).Concat(learnt.HiddenWeights).Concat(learnt.OutputWeights).SelectMany(BitConverter.GetBytes)];
Console.WriteLine(FormattableString.Invariant($"{ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy} {Convert.ToHexString(SHA256.HashData(weights))}"));

IDataView Load(string set) => ml.Data.LoadFromIdx(Find($"{set}-images-idx3-ubyte"), Find($"{set}-labels-idx1-ubyte"));

string Find(string name) => File.Exists(Path.Combine(args[0], name)) ? Path.Combine(args[0], name) : Path.Combine(args[0], name + ".gz");
