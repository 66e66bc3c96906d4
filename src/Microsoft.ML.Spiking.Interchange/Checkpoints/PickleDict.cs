namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A dictionary of Python's, in its order. Only what has a name is kept: no checkpoint of a network has anything else that is asked for.</summary>
/// <param name="ordered">Whether it is an OrderedDict, as a state_dict is.</param>
internal sealed class PickleDict(bool ordered = false) : OrderedDictionary<string, object?>
{
    public bool IsOrdered => ordered;
}
