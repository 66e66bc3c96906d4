#!/bin/bash
# COMMAND...: runs it as two processes on two hosts, network namespaces of their own names and addresses that are joined by a cable alone, over TCP.
set -e
first="spk-a-$$"; second="spk-b-$$"; agent="$(mktemp)"
ip netns add "$first"; ip netns add "$second"
trap 'ip netns del "$first"; ip netns del "$second"; rm -f "$agent"' EXIT
ip link add "va$$" type veth peer name "vb$$"
ip link set "va$$" netns "$first"; ip link set "vb$$" netns "$second"
ip -n "$first" addr add 10.77.0.1/24 dev "va$$"; ip -n "$second" addr add 10.77.0.2/24 dev "vb$$"
for host in "$first" "$second"; do ip -n "$host" link set lo up; done
ip -n "$first" link set "va$$" up; ip -n "$second" link set "vb$$" up
# What mpirun calls for ssh: it enters the other host.
cat > "$agent" <<X
#!/bin/bash
shift
exec ip netns exec "$second" unshare -u sh -c "hostname $second; \$*"
X
chmod +x "$agent"
ip netns exec "$first" unshare -u sh -c "hostname $first; exec mpirun -n 2 --host 10.77.0.1:1,10.77.0.2:1 --bind-to none --mca plm_rsh_agent $agent \
  --mca btl tcp,self --mca btl_tcp_if_include 10.77.0.0/24 --mca oob_tcp_if_include 10.77.0.0/24 $*"
