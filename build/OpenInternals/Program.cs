// The compile-time half of the bridge to ML.NET: copies an assembly for the compiler to read, in which a list of internal types and
// members is public. Nothing of the copy ships; at run time IgnoresAccessChecksTo opens the same doors of the real assembly.
//
//   OpenInternals SOURCE TARGET MEMBER...      where MEMBER is
//     Ns.Type           the type and all its internal members
//     Ns.Type::Member   the type and that member, all overloads; Ns.Outer+Nested::.ctor is a nested type's constructor

using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

if (args is not [var source, var target, .. var wanted])
{
    Console.Error.WriteLine("OpenInternals : error : usage: OpenInternals SOURCE TARGET MEMBER...");
    return 2;
}

byte[] image = File.ReadAllBytes(source);
using var pe = new PEReader(new MemoryStream(image.ToArray()));
MetadataReader metadata = pe.GetMetadataReader();
var opened = new HashSet<string>();

foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
{
    TypeDefinition type = metadata.GetTypeDefinition(handle);
    string name = FullName(type);
    bool whole = wanted.Contains(name);
    if (!whole && !wanted.Any(w => w.StartsWith(name + "::", StringComparison.Ordinal))) continue;

    TypeAttributes visibility = type.IsNested ? TypeAttributes.NestedPublic : TypeAttributes.Public;
    Write(TableIndex.TypeDef, handle, flagsAt: 0, (int)(type.Attributes & ~TypeAttributes.VisibilityMask | visibility));
    if (whole) opened.Add(name);

    foreach (FieldDefinitionHandle field in type.GetFields())
    {
        FieldDefinition f = metadata.GetFieldDefinition(field);
        if (Opens(name, f.Name, whole)) Write(TableIndex.Field, field, flagsAt: 0, Widened((int)f.Attributes, whole));
    }
    foreach (MethodDefinitionHandle method in type.GetMethods())
    {
        MethodDefinition m = metadata.GetMethodDefinition(method);
        if (Opens(name, m.Name, whole)) Write(TableIndex.MethodDef, method, flagsAt: 6, Widened((int)m.Attributes, whole));
    }
}

foreach (string missing in wanted.Except(opened))
    Console.Error.WriteLine($"OpenInternals : error : '{missing}' is not in {Path.GetFileName(source)} any more; ML.NET has changed, so review the bridge in Hosting.");
if (wanted.Except(opened).Any()) return 1;

// An untouched file keeps its time, and the compiler its rest.
if (!File.Exists(target) || !File.ReadAllBytes(target).SequenceEqual(image))
{
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    File.WriteAllBytes(target, image);
}
return 0;

string FullName(TypeDefinition type) => type.IsNested
    ? FullName(metadata.GetTypeDefinition(type.GetDeclaringType())) + "+" + metadata.GetString(type.Name)
    : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}".TrimStart('.');

bool Opens(string type, StringHandle member, bool whole)
{
    string name = $"{type}::{metadata.GetString(member)}";
    if (wanted.Contains(name)) opened.Add(name);
    return whole || wanted.Contains(name);
}

// Internal becomes public and private protected becomes protected; what is private opens only when it is named.
static int Widened(int attributes, bool whole)
{
    var access = (MethodAttributes)attributes & MethodAttributes.MemberAccessMask;
    MethodAttributes widened = access switch
    {
        MethodAttributes.Assembly => MethodAttributes.Public,
        MethodAttributes.FamANDAssem => MethodAttributes.Family,
        MethodAttributes.Private when !whole => MethodAttributes.Public,
        _ => access,
    };
    return attributes & ~(int)MethodAttributes.MemberAccessMask | (int)widened;
}

// Only the low byte of the flags changes, whatever their width.
void Write(TableIndex table, EntityHandle row, int flagsAt, int flags)
{
    int offset = pe.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(table)
        + metadata.GetTableRowSize(table) * (metadata.GetRowNumber(row) - 1) + flagsAt;
    BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), (ushort)flags);
}
