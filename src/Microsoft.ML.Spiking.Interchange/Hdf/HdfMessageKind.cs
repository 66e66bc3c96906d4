namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The messages that are read, by their numbers in the file; others change nothing of what is read.</summary>
internal enum HdfMessageKind
{
    Space = 0x1,
    LinkInfo = 0x2,
    Type = 0x3,
    OldFill = 0x4,
    Fill = 0x5,
    Link = 0x6,
    ExternalFiles = 0x7,
    Layout = 0x8,
    Filters = 0xB,
    Continuation = 0x10,
    SymbolTable = 0x11,
}
