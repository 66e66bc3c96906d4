using Microsoft.OpenApi;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>The bodies that a picture may come in, as the OpenAPI document tells of them.</summary>
/// <remarks>Told here and not by Accepts, by which the router itself would turn other types away, and without a sentence.</remarks>
internal static class PictureBody
{
    public static Task DescribeAsync(OpenApiOperation operation)
    {
        OpenApiSchema file = new() { Type = JsonSchemaType.String, Format = "binary" };
        OpenApiSchema pixels = new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1" } };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypes.Png] = new OpenApiMediaType { Schema = file },
                [MediaTypes.Jpeg] = new OpenApiMediaType { Schema = file },
                [MediaTypes.Form] = new OpenApiMediaType { Schema = Holding("file", file) },
                [MediaTypes.Json] = new OpenApiMediaType { Schema = Holding("pixels", pixels) },
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Holding(string name, IOpenApiSchema schema)
        => new() { Type = JsonSchemaType.Object, Required = new HashSet<string> { name }, Properties = new Dictionary<string, IOpenApiSchema> { [name] = schema } };
}
