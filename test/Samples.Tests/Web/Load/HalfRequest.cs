using System.Net.Sockets;
using System.Text;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>A request for a prediction whose body stops half-way.</summary>
internal sealed class HalfRequest : IDisposable
{
    private readonly TcpClient _connection;

    private HalfRequest(TcpClient connection) => _connection = connection;

    public static async Task<HalfRequest> SendAsync(Uri server)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /predict HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n[0, 0.5,"));
        return new HalfRequest(connection);
    }

    /// <summary>What the server says at last.</summary>
    public async Task<string> AnswerAsync()
    {
        using var answer = new StreamReader(_connection.GetStream(), Encoding.ASCII);
        return await answer.ReadToEndAsync();
    }

    public void Dispose() => _connection.Dispose();
}
