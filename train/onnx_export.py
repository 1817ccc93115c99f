"""Fitted networks as ONNX files for the program."""
import warnings

import torch


def export(network, inputs, path, dimensions, metadata=None):
    """Writes `network` as called with the tuple `inputs`.

    `dimensions`: {"inputs": {name: {axis: letter}}, "outputs": …} in the order of the call, for axes of free size;
    `metadata`: strings that the program reads with the model.
    """
    import onnx

    with warnings.catch_warnings():
        # Warns of constants that are not folded, and of a batch size that here is always 1.
        warnings.simplefilter("ignore", UserWarning)
        torch.onnx.export(
            network.eval(),
            inputs,
            str(path),
            opset_version=14,
            input_names=list(dimensions["inputs"]),
            output_names=list(dimensions["outputs"]),
            dynamic_axes={**dimensions["inputs"], **dimensions["outputs"]},
        )
    model = onnx.load(str(path))
    onnx.helper.set_model_props(model, metadata or {})
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
