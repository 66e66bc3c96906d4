#!/bin/sh
# Coverage-guided fuzzing of model.zip with AFL++ (apt install afl++) and SharpFuzz (dotnet tool install SharpFuzz.CommandLine):
#
#     build/afl.sh model FOLDER
#
# The corpus, the queue and what fails stay in FOLDER; what fails is looked at with
#
#     dotnet run -c Release --project test/Microsoft.ML.Spiking.Fuzz -- model --replay FOLDER/found/default/crashes
set -e
target=${1:?a target, as the fuzzer names them} folder=${2:?a folder for the corpus}
project=$(dirname "$0")/../test/Microsoft.ML.Spiking.Fuzz
dotnet publish -c Release -p:Afl=true -o "$folder/program" "$project"
sharpfuzz "$folder/program/Microsoft.ML.Spiking.dll"
dotnet run -c Release --project "$project" -- "$target" --seeds "$folder/corpus"
# Models are not text, a runtime needs memory, and a crash is what no exception of ours is.
AFL_SKIP_BIN_CHECK=1 afl-fuzz -i "$folder/corpus" -o "$folder/found" -t 5000 -m none \
    dotnet "$folder/program/Microsoft.ML.Spiking.Fuzz.dll" "$target" --afl
