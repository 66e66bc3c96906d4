using System.Reflection;
using Microsoft.ML.Spiking.Ptx;

// Renews the PTX that the library has.
string target = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Target").Value!;
File.WriteAllText(target, PtxSource.Make());
Console.WriteLine(target);
